# What a page says when the disk or the figures do not cooperate for a while.
error-disk-title = Nothing can be stored right now
error-disk-text = The disk of Peil is full, damaged or read-only. Nothing is lost of what was stored before. Have someone make room or restore the rights: Peil goes on by itself then. Run peil doctor to see what is wrong.
problem-disk = Nothing can be stored right now: the disk is full, damaged or read-only.
error-figures-title = Figures are being made ready
error-figures-text = { $percent } % is done. This page refreshes itself. Answers keep coming in meanwhile.
problem-figures = Figures are being made ready: { $percent } % is done.
