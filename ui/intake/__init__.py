"""The intake screen: from the papers on the counter to the printed slip."""
