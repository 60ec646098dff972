"""The workshop of opinion votes: open a question, look after its statements, enter paper, exchange files."""
