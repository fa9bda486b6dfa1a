"""What the prose mentions besides figures: dates and periods, documents and cases by number, names; and disputes."""
