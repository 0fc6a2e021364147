"""What pages say that are not the page, as data: phrases for the title, the heading and the beginning of the visible text; alone they prove nothing."""
