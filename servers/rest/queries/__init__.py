"""What can be asked of a collection: the query words, the SQL that they become, the links between pages."""
