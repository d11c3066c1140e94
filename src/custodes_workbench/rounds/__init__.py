"""Settings, stages and dates, worldviews and mitigations, the approach."""
