"""Maps of opinions.

peer.npz and peer.json hold what red-dwarf 0.4.0 answers on each set of ../shared/data/polis (participants,
places, groups, representative and consensus statements; ``run_pipeline(votes, mod_out_statement_ids=those
moderated -1, random_state=0)``), so that the tests need not install it. The sets are by The Computational
Democracy Project (compdemocracy.org/polis), CC BY 4.0.
"""
