"""Recognition of pages that are pictures: Tesseract's words and the rules in the picture, as layout wants them."""
