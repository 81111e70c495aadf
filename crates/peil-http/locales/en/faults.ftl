# What a page says when the disk or the figures do not cooperate for a while.
error-disk-title = Nothing can be stored right now
error-disk-text = The disk of Peil is full, damaged or read-only. Nothing is lost of what was stored before. Have someone make room or restore the rights: Peil goes on by itself then. Run peil doctor to see what is wrong.
problem-disk = Nothing can be stored right now: the disk is full, damaged or read-only.
error-figures-title = Figures are being made ready
error-figures-text = { $percent } % is done. This page refreshes itself. Answers keep coming in meanwhile.
problem-figures = Figures are being made ready: { $percent } % is done.
storage-refused-title = Peil has not been able to store anything since { $since }
storage-refused-full = The disk is full. Free some space: Peil then goes on by itself and this notice disappears.
storage-refused-failing = The disk takes nothing, although there is room. Have your administrator look at it; peil doctor says more. Peil goes on by itself as soon as writing works again.
storage-refused-read-only = Peil may not write. Give the program the right to write to the data folder again: Peil then goes on by itself and this notice disappears.
storage-refused-damaged = The data file is damaged. Put a backup back; peil doctor says more.
storage-refused-safe = No answer that was accepted is lost. Whoever fills something in now keeps the answer in the form and can send it again later.
storage-scarce-title = { $free } MB left on the disk of Peil
storage-scarce-text = When the disk is full, Peil cannot store new answers. Free space in time; this notice disappears by itself then.
