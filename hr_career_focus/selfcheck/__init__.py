"""The self-check: does the wall still stand as it was agreed, and who can say so?

It looks in three ways, and needs nobody's word for any of them:

* the **walks** read access rows, rules, groups, relations, actions, pages, scripts,
  the running code and the configuration, and know what must hold in every database;
* the **comparison** holds what they read against a signed expectation
  (:mod:`.expectation`), so that anything else that changed shows too;
* the **rehearsal** makes a case of invented people through the real doors, tries it as
  every role in every way, and takes all of it back (:mod:`.rehearsal`).

:mod:`.findings`, :mod:`.snapshot` and :mod:`.seal` are pure Python.
"""
