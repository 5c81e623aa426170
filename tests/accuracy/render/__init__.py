"""Render: from an agreement's neutral source to the files that Word, LibreOffice, browsers and others would make."""
