"""Settings, urls and servers: where the house is put together."""
