"""Which rights a role gives: object rights on its SWV or gemeente, and rights in general for the national roles."""

from regions.models.membership import Role

# architecture.md section 5, the access matrix: what each role may do in the SWV or gemeente of the membership.
OBJECT_RIGHTS = {
    Role.LEERPLICHT: ("register_cases", "view_figures"),
    Role.COORDINATOR: ("work_on_cases", "view_figures"),
    Role.SWV_CONTACT: ("view_journeys", "account_for_subsidies", "view_figures"),
    # Opens no case: it adds to what somebody may do who works on one (docs/decisions/0016).
    Role.INTERVIEWER: ("record_reasons",),
}

# Model-wide rights, checked with @permission_required; none of them opens a case.
GENERAL_RIGHTS = {
    Role.PROJECT: ("reporting.export_accounts",),
    Role.FG: ("access.read_audit",),
    Role.BEHEER: ("access.manage_people", "regions.manage_reference_data"),
}
