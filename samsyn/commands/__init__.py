"""The commands, one module a command or group: options in, one call of the library, the result written."""
