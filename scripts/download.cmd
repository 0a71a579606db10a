@"%~dp0launch.cmd" download %*
