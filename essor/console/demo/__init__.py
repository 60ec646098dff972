"""The demonstration: an invented territory, built only by the verbs that its people would use."""
