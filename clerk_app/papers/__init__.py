"""The papers on the counter: imported, scanned and shown. Bytes in, bytes out; filing them is somebody else's."""
