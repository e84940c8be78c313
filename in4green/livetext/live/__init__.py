"""The process in which people write: a plain ASGI application that builds no documents.

``app`` answers connections, ``doors`` says who may come in, ``room`` holds what one text's people
share, ``writer`` commits for all rooms together, ``bell`` hears of other processes.
"""
