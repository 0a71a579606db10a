@"%~dp0launch.cmd" search %*
