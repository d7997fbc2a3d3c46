"""What runs other programs: notebooks, the staged folder, the rendering."""
