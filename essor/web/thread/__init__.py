"""The thread of any object, up and down."""
