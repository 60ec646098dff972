"""The pages of each later section of the site: what its addresses name, and the things they need."""
