"""Links: ask an address (`probe`), see what came (`page`), decide what it means (`judge`)."""
