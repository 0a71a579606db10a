@"%~dp0launch.cmd" benchmark %*
