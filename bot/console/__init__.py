"""Adapter: web pages and the JSON API, on FastAPI and Jinja2."""
