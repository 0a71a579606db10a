@"%~dp0launch.cmd" eval %*
