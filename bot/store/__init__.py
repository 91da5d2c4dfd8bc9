"""Where things are kept: small synchronous Protocols per area, run on one store thread."""
