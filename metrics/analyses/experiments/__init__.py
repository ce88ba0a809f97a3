"""Experiments: were people exposed evenly, did the arms answer alike, and did the change work for both, the click and the customer?"""
