"""What every page shares: layout, components, headers, lists."""
