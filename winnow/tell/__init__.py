"""What people and programs are told of an archive: its state, why a page ended as it did, exports."""
