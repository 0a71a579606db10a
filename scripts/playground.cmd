@"%~dp0launch.cmd" playground %*
