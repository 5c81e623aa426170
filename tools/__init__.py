"""Programs that make what is published from the code: reference pages, pictures, notices and the site's links."""
