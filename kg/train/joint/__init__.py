"""The joint model: one encoder that finds mentions, joins them, and reads relations and their modality."""
