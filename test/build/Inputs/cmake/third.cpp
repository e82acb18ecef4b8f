int third() { return 3; }
