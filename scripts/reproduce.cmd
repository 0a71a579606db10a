@"%~dp0launch.cmd" reproduce %*
