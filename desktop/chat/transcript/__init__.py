"""What a chat window shows of a conversation: the entries, their looks, the list of bubbles."""
