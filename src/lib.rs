//! Reads the text of an article and returns the facts stated in it as typed records.
