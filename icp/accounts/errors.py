"""Refusals, in sentences for the person who asked."""


class CannotInvite(Exception):
    """This person is not to be sent an invitation."""


class InvitationNotValid(Exception):
    """The link was used, has expired, was withdrawn, or never existed; which of these is not told."""
