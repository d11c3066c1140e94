"""What keeps the service going: background work, mail outbox, backup, restore, health."""
