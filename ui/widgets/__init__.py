"""Pieces that screens are made of. They know no screen and no business."""
