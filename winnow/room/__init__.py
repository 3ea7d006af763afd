"""What the reading room's pages show, read from one connection: functions on SQLite, without Datasette."""
