"""Evidence: audits of systems, who ran them, what they show, and what they do not."""
