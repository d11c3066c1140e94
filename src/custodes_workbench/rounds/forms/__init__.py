"""Forms of setting a round up; their limits and sentences are the library's."""
