@"%~dp0launch.cmd" report %*
