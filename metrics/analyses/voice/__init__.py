"""What people say: their texts by topic and stage with how kindly, what was asked and what they wrote about instead, and the words themselves."""
