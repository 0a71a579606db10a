@"%~dp0launch.cmd" compare %*
