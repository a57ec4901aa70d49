"""What the counter and central have agreed on: the messages, the OpenAPI description and the test vectors."""
