@"%~dp0launch.cmd" run %*
