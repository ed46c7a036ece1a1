"""What each page receives, as frozen dataclasses: the contract between the views, which fill them, and the templates.

A template gets two variables: ``frame`` (:class:`amparo.interfaces.web.viewmodels.frame.Frame`, on every page) and
``page`` (one dataclass of this package, named in the table of its module). Values arrive ready to print: labels are
already in the reader's language, counts that must stay hidden are ``None``, and nothing here holds a name unless the
page is showing an identity that somebody asked for. One module per page, ``common`` for what several share.
"""
