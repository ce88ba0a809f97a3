"""Small companies with one planted cause among two decoys: is it found, first, and is nothing else told?"""
