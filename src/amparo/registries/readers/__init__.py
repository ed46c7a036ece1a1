"""Reading files that come from outside: what they are, how they are written, and their rows as text.

Everything here runs in a child process of its own (``worker``) with a ceiling on memory and time, because a file from
outside may be broken or hostile. It needs no network, no database and no key. Refusals are ``kernel.errors.Invalid``
with a code of ``registries.messages``.
"""
