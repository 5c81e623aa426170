"""Files made to do harm, small as they are: each module gives them by name, as bytes."""
