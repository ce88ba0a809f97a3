"""Claims signed in companies in which nothing changes afterwards, and in companies in which it turns: which are overturned?"""
