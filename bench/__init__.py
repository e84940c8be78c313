"""The portal measured as it runs in production, with everything it talks to on this machine."""
