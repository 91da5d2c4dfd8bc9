"""Adapter: Telegram, by python-telegram-bot, with an inbox and an outbox so that nothing is lost."""
